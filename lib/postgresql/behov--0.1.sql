-- behov--0.1.sql - the type of a cluster factor and the aggregates that make and merge them. README.md is its manual.
\echo Use "CREATE EXTENSION behov" to load this file. \quit

CREATE TYPE behov_factor;

CREATE FUNCTION behov_factor_in(cstring) RETURNS behov_factor
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION behov_factor_out(behov_factor) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION behov_factor_recv(internal) RETURNS behov_factor
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION behov_factor_send(behov_factor) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE behov_factor (
    INPUT = behov_factor_in,
    OUTPUT = behov_factor_out,
    RECEIVE = behov_factor_recv,
    SEND = behov_factor_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended
);
COMMENT ON TYPE behov_factor IS 'the triangle of a group''s rows [x y], with its counts';

-- The state of the aggregate is the type itself, not "internal": Citus hands states between machines by the input and output
-- of their type and refuses internal ones. So there is nothing for SERIALFUNC and DESERIALFUNC, which PostgreSQL takes for
-- internal states alone.
CREATE FUNCTION behov_factor_add(behov_factor, y float8, x float8[]) RETURNS behov_factor
    AS 'MODULE_PATHNAME', 'behov_factor_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION behov_factor_add(behov_factor, y float8, x float8[], weight float8) RETURNS behov_factor
    AS 'MODULE_PATHNAME', 'behov_factor_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION behov_factor_combine(behov_factor, behov_factor) RETURNS behov_factor
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION behov_factor_final(behov_factor) RETURNS behov_factor
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE behov_factor(y float8, x float8[]) (
    SFUNC = behov_factor_add,
    STYPE = behov_factor,
    SSPACE = 2048,
    FINALFUNC = behov_factor_final,
    COMBINEFUNC = behov_factor_combine,
    PARALLEL = SAFE
);
CREATE AGGREGATE behov_factor(y float8, x float8[], weight float8) (
    SFUNC = behov_factor_add,
    STYPE = behov_factor,
    SSPACE = 2048,
    FINALFUNC = behov_factor_final,
    COMBINEFUNC = behov_factor_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE behov_factor(float8, float8[]) IS 'the factor of a group; the regressors hold a 1 for the constant';
COMMENT ON AGGREGATE behov_factor(float8, float8[], float8) IS 'the factor of a group with precision weights';

CREATE AGGREGATE behov_factor_merge(behov_factor) (
    SFUNC = behov_factor_combine,
    STYPE = behov_factor,
    SSPACE = 2048,
    FINALFUNC = behov_factor_final,
    COMBINEFUNC = behov_factor_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE behov_factor_merge(behov_factor) IS 'the factor of all rows that these factors are of';

CREATE FUNCTION behov_factor_counts(
    behov_factor,
    OUT n_rows bigint, OUT n_null bigint, OUT n_nan bigint, OUT n_infinite bigint, OUT n_weight_zero bigint,
    OUT weight_sum float8, OUT n_regressors int
) AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION behov_factor_counts(behov_factor) IS 'rows, rows left out by reason, sum of weights, number of regressors';

CREATE FUNCTION behov_factor_triangle(behov_factor) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION behov_factor_triangle(behov_factor) IS 'rows R with R''R = [x y]''[x y], the outcome last';
