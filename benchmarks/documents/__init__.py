"""Documents of many kinds, saved and damaged in many ways, and what is read of each."""
