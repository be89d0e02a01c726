/* What jansson's configure finds out. Hashes are not seeded from the machine: nothing is read from a network. */
#define HAVE_STDINT_H 1
#define HAVE_STRINGS_H 1
#define HAVE_STRTOLL 1
#define HAVE_UNISTD_H 1
#define INITIAL_HASHTABLE_ORDER 3
