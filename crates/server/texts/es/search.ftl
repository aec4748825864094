# La página de una búsqueda, y lo que ofrece todo cuadro de búsqueda.

suggest-list = Sugerencias
suggest-filter = filtro
suggest-document = documento

search-title = Buscar
search-for = para
search-filters = Filtros
search-apply = Aplicar
search-chips = Filtros activos
search-remove = Quitar el filtro
search-clear = Quitar todos los filtros
search-not = Sin { $what }
search-one-document = En el documento { $what }
search-no-value = Sin indicar
search-facet-mentions = Proceso mencionado
search-facet-year = Año
search-facet-lang = Idioma
search-facet-event = Reunión
search-all-values = Mostrar los { $n } ({ $what })
search-fewer = Mostrar menos ({ $what })
search-find = Buscar en { $what }
search-no-values = Ningún valor tiene ese nombre.
search-without-year = Sin año
search-all-years = Todos los años
search-from = Desde
search-to = Hasta
search-year-from = Desde { $what }
search-year-to = Hasta { $what }
search-date-from = Desde { $what }
search-date-to = Hasta { $what }
search-added-since = Añadidos desde { $what }
search-match = Palabras que deben coincidir
search-match-most = La mayoría
search-match-all = Todas
search-match-any = Alguna

search-nothing = No se ha encontrado nada
search-results =
    { $n ->
        [one] { $n } resultado
       *[other] { $n } resultados
    }
search-paragraphs =
    { $n ->
        [one] { $n } párrafo en { $what }
       *[other] { $n } párrafos en { $what }
    }
search-partial = Esta búsqueda exigía más trabajo del permitido: puede haber más resultados y las cifras pueden ser mayores.
search-unit = Mostrar
search-unit-documents = Documentos
search-unit-passages = Párrafos
search-sort = Ordenar por
search-sort-relevance = Relevancia
search-sort-newest = Más recientes
search-sort-oldest = Más antiguos
search-sort-title = Título
search-sort-added = Últimos añadidos

search-relaxed =
    { $n ->
        [one] Ningún documento tiene las { $what } palabras. Estos tienen al menos { $n } de ellas.
       *[other] Ningún documento tiene las { $what } palabras. Estos tienen al menos { $n } de ellas.
    }
search-all-words =
    { $n ->
        [one] Solo el { $n } resultado con todas las palabras
       *[other] Solo los { $n } resultados con todas las palabras
    }
search-showing-results-for = Se muestran resultados para
search-instead-of = en lugar de
search-as-typed = Buscar lo que se escribió
search-did-you-mean = ¿Quiso decir?
search-only = Solo
search-expansions =
    { $n ->
        [one] También se buscó { $n } otro nombre
       *[other] También se buscaron { $n } otros nombres
    }
search-documents-alone =
    { $n ->
        [0] ningún documento solo por él
        [one] { $n } documento solo por él
       *[other] { $n } documentos solo por él
    }
search-leave-out = Excluir
search-expand-off = Buscar sin otros nombres
search-expanding-is-off = No se buscan otros nombres de lo que escribió.
search-expand-on = Buscarlos también
search-left-out = Excluidos:
search-put-back = volver a incluir
search-warning-unclosed-quote = Estas comillas no se cierran: la frase se leyó hasta el final.
search-warning-empty-quote = No hay ninguna palabra entre estas comillas.
search-warning-parentheses = Estos paréntesis no se corresponden o están vacíos; se han omitido.
search-warning-operator = Este operador no tiene nada que unir.
search-warning-field = Este campo no tiene valor.
search-warning-value = Ese valor no existe; se buscaron las palabras.
search-warning-years = El año posterior está primero: se han intercambiado.
search-warning-long = La consulta es demasiado larga o compleja: esta parte se ha omitido.
search-warning-broad = Demasiadas palabras empiezan así: solo se buscaron algunas.
search-warning-nothing = No hay ninguna palabra que buscar.
search-warning-exclusions = La consulta solo dice qué excluir.

search-tick = Elegir: { $what }
search-page = pág. { $what }
search-all-passages =
    { $n ->
        [one] { $n } párrafo coincidente de este documento
       *[other] Los { $n } párrafos coincidentes de este documento
    }
search-cite = Citar
search-cite-document = Citar el documento
search-copy = Copiar
search-copied = Copiado

search-pages = Páginas de resultados
search-page-number = Página { $what }
search-previous = Anterior
search-next = Siguiente

search-ways-out = Estas búsquedas encuentran algo:
search-without-filter = Sin «{ $what }»
search-without-filters = Sin ningún filtro
search-any-word = Con alguna de las palabras
search-nothing-held = Ningún documento que pueda buscarse aquí tiene estas palabras. Es posible que exista en otro lugar.
search-other-words = Pruebe con menos palabras o con otras, con otra grafía o con el nombre de un proceso o tema.
search-coverage =
    { $n ->
        [one] Aquí se busca en { $n } documento.
       *[other] Aquí se busca en { $n } documentos.
    }
search-not-searchable =
    { $n ->
        [one] Hay { $n } más, pero su texto no se puede leer.
       *[other] Hay { $n } más, pero su texto no se puede leer.
    }
search-what-is-here = Qué contiene y qué no

search-uses = Usar estos resultados
search-picked-documents = Lo que marque arriba; sin marcas, todos los resultados.
search-picked-passages = Marque párrafos arriba para citarlos juntos.
search-format = Formato
search-export = Exportar
search-cite-picked = Citar lo marcado
search-export-all = Exportar todos los resultados:
search-follow = Seguir esta búsqueda:
search-atom = Canal Atom
search-json-feed = Canal JSON
search-compare = Comparar estos resultados por años
search-call = Mostrar esta búsqueda como llamada a la API

search-problem-advice = Esta búsqueda no se puede leer tal como está. Corríjala y vuelva a buscar.
search-again = Empezar de nuevo
