"""The judge stage: what each section and each item of the outline is for, by rules and by a trained model."""
