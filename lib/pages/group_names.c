/* group_names.c - see group_names.h. */
#include <behov/group_names.h>

const char *behov_group_name(const behov_groups *groups, int group, behov_language lang)
{
    const char *name = groups->names[group];
    return groups->is_by_size ? behov_label_of_key(lang, name) : name;
}
