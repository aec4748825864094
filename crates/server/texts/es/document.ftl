# La página de un documento.

document-cite = Cómo citarlo
document-text = Texto
