"""The file formats inside file formats: zip, Office Open XML packages, compound files, their encryption, symbol fonts."""
