# Directorios, páginas de conceptos y reuniones, y qué contiene el sitio.

processes-about = Procesos consultivos sobre migración y órganos conexos: quién participa, desde cuándo y cuántos de sus documentos se pueden buscar aquí.
processes-other = Otros
themes-about = Los temas de política migratoria por los que se clasifican los documentos, con el número de documentos que tratan cada uno.
regions = Regiones
regions-about = Las regiones tal como las usan los procesos, con los documentos de los procesos de cada una.
countries = Países
countries-about = Países y territorios, con los documentos que hablan de cada uno.
directory-find = Buscar un nombre
directory-show = Mostrar
directory-found =
    { $n ->
        [0] Nada se llama aquí «{ $what }».
        [one] { $n } nombre para «{ $what }»
       *[other] { $n } nombres para «{ $what }»
    }
column-name = Nombre
column-documents = Documentos
held-nothing = sin documentos

by-rcp = Proceso
by-mentions = Proceso mencionado
by-theme = Tema
by-region = Región
by-country = País
by-type = Tipo de documento
by-process-type = Tipo de proceso
by-year = Año
by-lang = Idioma
by-event = Reunión

unknown-title = No existe «{ $what }»
unknown-nearest = ¿Quiso decir alguno de estos?

years-heading = Documentos por año

concept-feed = Documentos nuevos: { $what }
concept-documents = Documentos
concept-nothing = Aquí no hay documentos. Eso no significa que no los haya en otra parte.
concept-held =
    { $n ->
        [one] Se puede buscar en { $n } documento.
       *[other] Se puede buscar en { $n } documentos.
    }
concept-search = Buscar en estos documentos
concept-latest = Documentos más recientes
concept-all = Todos los documentos
concept-compare = Comparar a lo largo de los años
concept-atom = Canal de documentos nuevos
concept-mentioned =
    { $n ->
        [one] Mencionado en { $n } documento de otros
       *[other] Mencionado en { $n } documentos de otros
    }
concept-meetings = Reuniones
concept-narrower = Más específicos
concept-facts = Datos
concept-names = Nombres
concept-former = Nombres anteriores
concept-aliases = También llamado
concept-searched-by = Nombres con los que se busca
concept-doubts = Lo que no es seguro
concept-doubts-about = Estos puntos no se pudieron confirmar:
concept-notes = Notas
concept-sources = Fuentes

fact-kind = Tipo
fact-region = Región
fact-founded = Creado en
fact-years = Años de actividad
fact-status = Situación
fact-members = Miembros
fact-member-count = Número de miembros según otras fuentes
fact-observers = Observadores
fact-observer-organizations = Organizaciones observadoras
fact-secretariat = Secretaría
fact-website = Sitio web
fact-related = Procesos relacionados
fact-covers = Países
fact-iso3 = Código ISO
fact-m49 = Código M49 de las Naciones Unidas
fact-gcm = Objetivos del Pacto Mundial para la Migración

status-active = activo
status-inactive = inactivo
status-uncertain = incierta
status-unverified = sin verificar

event-series = Serie
event-number = Número
event-date = Fecha
event-place = Lugar
event-search = Buscar en los documentos de esta reunión
event-around = Reuniones anterior y siguiente
event-previous = Reunión anterior
event-next = Reunión siguiente

coverage-about = Qué se puede buscar aquí y qué no. Una búsqueda sin resultados puede significar solo que no hay documentos.
coverage-documents = Documentos disponibles
coverage-searchable = Con texto para buscar
coverage-without-text = Sin texto
coverage-passages = Párrafos
coverage-changed = Último cambio
coverage-version = Versión del índice: { $what }
coverage-missing = no se conoce
coverage-gaps = Lo que falta
coverage-gaps-about = La colección contiene lo que se ha reunido, no todo lo que se ha escrito. Las cifras por año, proceso o idioma dicen tanto de la colección como de los procesos.
coverage-empty-years = Años sin ningún documento
coverage-nothing-of = Procesos sin ningún documento
coverage-processes =
    { $n ->
        [one] { $n } proceso
       *[other] { $n } procesos
    }
coverage-unsearchable = Archivos en los que no se puede buscar
coverage-all-searchable = Se puede buscar en el texto de todos los archivos.
coverage-file = Archivo
coverage-why = Por qué
coverage-scan = sin texto: imagen escaneada
coverage-failed = no se pudo leer
coverage-api = Lo mismo para programas (JSON)
