/* subject.c - see subject.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "subject.h"
#include "tables.h"

/* z is a share of p; c a category; 1104 has no x in 2014. The outcome is in 1000 kr per inhabitant. */
static const char panel_text[] = "municipality_code,municipality,year,p,w,y,x,z,c,extra\n"
                                 "\"1101\",Alm,2013,1000,10,2.0,1.5,3.0,1,7\n"
                                 "\"1102\",Bru,2013,2500,20,2.2,1.2,0.5,1,7\n"
                                 "\"1103\",Dal,2013,3100,30,1.9,0.7,2.0,2,7\n"
                                 "\"1104\",Elv,2013,4200,40,3.0,1.6,0.2,2,7\n"
                                 "\"1105\",Foss,2013,6200,40,3.4,2.6,0.9,2,7\n"
                                 "\"1106\",Gran,2013,900,40,3.1,2.1,1.4,1,7\n"
                                 "\"1101\",Alm,2014,1100,12,2.4,1.7,2.5,1,7\n"
                                 "\"1102\",Bru,2014,2400,21,2.9,1.0,1.3,1,7\n"
                                 "\"1103\",Dal,2014,3000,33,1.7,0.9,0.6,2,7\n"
                                 "\"1104\",Elv,2014,4100,38,2.0,.,2.2,2,7\n"
                                 "\"1105\",Foss,2014,6400,40,3.0,2.4,1.2,2,7\n"
                                 "\"1106\",Gran,2014,950,40,2.8,2.3,0.4,1,7\n";

void open_subject(const char *formula, subject *new_subject)
{
    const behov_fit_choices choices = {.kind = BEHOV_VCOV_HC1, .level = 0.9};
    const char *roles[BEHOV_N_ROLES] = {[BEHOV_ROLE_POPULATION] = "p"};
    behov_panel_request request = {.study = &new_subject->study};
    memcpy(request.role_columns, roles, sizeof roles);
    behov_error err;
    *new_subject = (subject){0};
    new_subject->study.model.unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    new_subject->study.unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    if (behov_study_set_model(&new_subject->study, &(behov_model_request){.formula = formula}, &err) ||
        behov_panel_request_prepare(&request, &err) ||
        behov_study_set_table(&new_subject->study, &request, table_of_text(panel_text), &err) ||
        behov_estimation_results(&new_subject->study, &choices, &new_subject->estimation, &new_subject->results, &err))
        fail_msg("%s: %s", err.where, err.what);
    new_subject->study.unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    behov_panel_request_free(&request);
}

void close_subject(subject *subject)
{
    behov_estimation_free(&subject->estimation);
    behov_study_close(&subject->study);
}
