# La página de un documento.

document-cite = Cómo citarlo
document-cite-passage = Citar
document-text = Texto
document-contents = Índice
document-data = Todos los datos para programas (JSON)
document-original = Archivo original ({ $what })
document-pages =
    { $n ->
        [one] { $n } página
       *[other] { $n } páginas
    }
document-published = Dónde se publicó
document-page = pág. { $n }
document-table = Cuadro, { $what }
document-no-text = No se pudo leer texto en este documento: quizá sea una imagen escaneada. Lo que se sabe de él figura más abajo.
document-long =
    { $n ->
        [one] Documento largo, de { $n } párrafo, mostrado por partes.
       *[other] Documento largo, de { $n } párrafos, mostrado por partes.
    }
document-parts = Partes de este documento
document-part = Parte { $n }

document-matches =
    { $n ->
        [0] Ningún párrafo con «{ $what }»
        [one] { $n } párrafo con «{ $what }»
       *[other] { $n } párrafos con «{ $what }»
    }
document-first = Ir al primero
document-unmarked = Mostrar el documento sin marcas
document-listed = Lista de estos párrafos
document-more-matches =
    { $n ->
        [one] Y { $n } más: en el texto se pasa de uno al siguiente.
       *[other] Y { $n } más: en el texto se pasa de uno al siguiente.
    }
document-previous = Coincidencia anterior
document-next = Coincidencia siguiente
document-match-of = {"{"}at{"}"} de {"{"}all{"}"}

document-facts = Qué se sabe de él y de dónde procede
document-sources = De dónde procede
document-versions = Otros idiomas
document-copies = El mismo texto en otro archivo
document-event = Del mismo evento
document-similar = Documentos parecidos
document-why = Comparte:

fact-title = Título
fact-type = Tipo
fact-process = Proceso
fact-event = Evento
fact-date = Fecha
fact-year = Año
fact-place = Lugar
fact-languages = Idiomas
fact-themes = Temas
fact-regions = Regiones
fact-countries = Países que menciona
fact-mentions = Procesos y organismos que menciona
fact-file = Archivo

origin-curated = indicado por un documentalista
origin-file = de las propiedades del archivo
origin-text = leído en el texto
origin-implied = se deduce de otros datos
origin-path = del nombre del archivo
