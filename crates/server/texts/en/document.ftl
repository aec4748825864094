# The page of a document.

document-cite = How to cite it
document-text = Text
