"""C++ functions composed of drawn parts; see `kit/cpp_programs`."""
