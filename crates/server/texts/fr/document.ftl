# La page d’un document.

document-cite = Comment le citer
document-text = Texte
