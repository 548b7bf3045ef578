"""From a file to a level page: pixels loaded within bounds, straightened, set upright and cleaned."""
