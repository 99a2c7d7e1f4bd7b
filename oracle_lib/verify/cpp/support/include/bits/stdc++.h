// GCC's header that includes all others. Here they are included already: see prelude.hpp.
#pragma once
