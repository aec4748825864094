# La primera página.

home-title = Lo que han dicho los diálogos regionales sobre migración
home-examples = Por ejemplo:
home-example-words = protección consular de los trabajadores migrantes
home-example-phrase = "migración laboral" acuerdos
home-example-field = trata year:2005..2012
home-documents =
    { $n ->
        [one] documento
       *[other] documentos
    }
home-of-processes =
    { $n ->
        [one] proceso
       *[other] procesos
    }
home-languages =
    { $n ->
        [one] idioma
       *[other] idiomas
    }
home-years = años
home-processes = Procesos
home-all-processes = Todos los procesos
home-themes = Temas
home-all-themes = Todos los temas
home-latest = Últimos añadidos
home-all-latest = Todos los documentos, primero los últimos añadidos
