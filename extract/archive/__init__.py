"""Many documents: finding the inputs, running the pipeline over them, and showing how far it is.

The order of the inputs is the order of the dataset: the code points of ``source``, the path of a document
below the input it was found in. Hidden files, lock files of office programs and links that lead out of an
input are passed over, and so are the output folder and datasets of before when they lie in an input.
"""
