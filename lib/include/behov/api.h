/* api.h - what stands before each public function. Included by the other headers. */
#ifndef BEHOV_API_H
#define BEHOV_API_H

#if defined(__GNUC__) || defined(__clang__)
#define BEHOV_API __attribute__((visibility("default")))
#define BEHOV_MUST_CHECK __attribute__((warn_unused_result))
#define BEHOV_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define BEHOV_API
#define BEHOV_MUST_CHECK
#define BEHOV_PRINTF(format_at, first_at)
#endif

#endif
