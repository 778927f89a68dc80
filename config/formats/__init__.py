"""How numbers are written, where Django has it otherwise."""
