# Lo que dicen todas las páginas.

skip = Ir al contenido
nav = Partes de este sitio
nav-search = Buscar
nav-processes = Procesos
nav-themes = Temas
nav-compare = Comparar
nav-coverage = Qué contiene
languages = Idioma de este sitio
help = Ayuda
api = Para programas (API)

search-site = Buscar en los documentos
search-words = Palabras, nombres o una «frase exacta»
search-button = Buscar

home-purpose =
    Búsqueda de texto completo en los documentos de los procesos consultivos regionales sobre migración: informes de
    reuniones, notas conceptuales, declaraciones y planes de acción. Cada resultado muestra los párrafos que coinciden,
    listos para ser citados.

language-en = Inglés
language-es = Español
language-fr = Francés
language-unknown = desconocido

results-documents =
    { $n ->
        [one] { $n } documento
       *[other] { $n } documentos
    }

problem-400 = No se puede leer la solicitud
problem-400-advice = Algo en la dirección no es como debe ser. Corríjalo o empiece una búsqueda nueva.
problem-404 = No hay nada en esta dirección
problem-404-advice = Es posible que el documento se haya retirado o haya cambiado de nombre. Busque su título o palabras de su texto.
problem-410 = Estos resultados ya no están
problem-410-advice = La colección ha cambiado desde entonces. Empiece la búsqueda de nuevo.
problem-429 = Demasiadas solicitudes
problem-429-advice = Espere un momento y cargue de nuevo la página.
problem-503 = El servidor está ocupado
problem-503-advice = Espere un momento y cargue de nuevo la página.
problem-500 = El servidor ha fallado
problem-500-advice = Inténtelo de nuevo en un momento. Si vuelve a fallar, avise a los responsables de este sitio con el número de abajo.
problem-other = Se rechazó la solicitud
problem-other-advice = Empiece una búsqueda nueva o vaya a la página inicial.
problem-id = Número de la solicitud: { $what }
problem-home = Ir a la página inicial
