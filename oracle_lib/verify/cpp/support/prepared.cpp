// What a compiler has read when it is handed an answer (see fork.c). Reading once more what ordinary answers do leaves
// everything that they look up in its memory, and adds nothing to what it makes of them.
#define oracle_common oracle_prepared
#include "common.hpp"
#undef oracle_common
#include "/answer/with its driver"
// Where a brace is still open, the complaint is about this line.
#line 1 "driver.cpp"
