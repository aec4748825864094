# La página de las citas.

cite-title = Citas
cite-title-count =
    { $n ->
        [one] { $n } cita
       *[other] { $n } citas
    }
cite-missing =
    { $n ->
        [one] Esto no está aquí, o ya no está:
       *[other] Estos no están aquí, o ya no están:
    }
cite-forms = Para gestores de referencias
cite-copy = Copiar
cite-copy-form = Copiar { $what }
cite-copied = Copiado
cite-download = Guardar como { $what }
cite-resolve = Averiguar a qué se refiere una cita
cite-reference = Referencia
cite-hint = Por ejemplo: GCIM–IOM Workshop 2005, para. 21. Una cita, una dirección, o palabras de un título con el año y el párrafo.
cite-find = Averiguar
cite-one = Se refiere a esto
cite-several =
    { $n ->
        [one] Puede referirse a esto
       *[other] Puede referirse a uno de estos { $n }
    }
cite-none = Aquí no hay nada a lo que se refiera
cite-none-advice = Cada palabra de la referencia tiene que figurar en el título, el evento, el lugar, la fecha o el proceso de un documento. Omita lo que pueda variar, o busque las palabras.
