"""C++ functions composed of drawn parts, their repairs and changes; the parts are in `kit/cpp_programs`."""
