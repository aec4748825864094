# La página que compara.

compare-heading = Comparar
compare-about = Con qué frecuencia se habla de algo y quién lo hace: dos dimensiones cualesquiera de la colección en una tabla. Sin palabras muestra todos los documentos.
compare-words = Palabras que se buscan
compare-any = Todos los documentos
compare-rows = Filas
compare-cols = Columnas
compare-measure = Cifras
compare-limit-rows = Máximo de filas
compare-limit-cols = Máximo de columnas
compare-filters = Limitado a
compare-remove = Quitar el filtro
compare-not = no { $what }
compare-from = desde { $what }
compare-to = hasta { $what }
compare-problem = No se puede hacer esta tabla
compare-nothing = No se encontró nada
compare-nothing-advice = Ningún párrafo cumple estas condiciones. Eso no dice nada de lo que se debatió: vea en «Qué contiene» qué documentos hay.
compare-without-words = La misma tabla sin las palabras
compare-summary =
    { $n ->
        [one] { $n } párrafo en { $what }
       *[other] { $n } párrafos en { $what }
    }
compare-total = Todo
compare-held = Documentos disponibles
compare-few = pocos
compare-many = muchos
compare-best-of = El mejor párrafo: { $what }
compare-csv = La tabla en CSV, para hojas de cálculo
compare-api = Lo mismo como llamada a la API
compare-relaxed = Ningún párrafo contiene suficientes palabras: se cuentan los que contienen menos.
compare-expanded = También se buscaron estos otros nombres: { $what }.
compare-more-rows =
    { $n ->
        [one] No se muestra { $n } fila más.
       *[other] No se muestran { $n } filas más.
    }
compare-more-columns =
    { $n ->
        [one] No se muestra { $n } columna más.
       *[other] No se muestran { $n } columnas más.
    }
compare-sums = Un documento puede estar en varias filas y columnas, por lo que las cifras no suman los totales. Una celda cuenta los párrafos que coinciden, o los documentos con un párrafo así; la búsqueda a la que lleva su cifra mira documentos enteros y puede encontrar más.
compare-share = De cada 1000 párrafos de una celda, los que coinciden: así se corrige cuánto hay de cada uno. Las celdas pequeñas varían por azar.
compare-share-all = Sin palabras coinciden todos los párrafos y cada proporción es de 1000 por 1000. Escriba palabras para comparar proporciones.
compare-partial = La respuesta exigía demasiado trabajo y se interrumpió: las cifras son de lo que se llegó a ver.

measure-documents = Documentos
measure-passages = Párrafos
measure-share = Proporción (párrafos de cada 1000)
