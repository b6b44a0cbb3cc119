import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * Rewritings of a statement that cost its planning more than they save. TRICKY: the engine compares
 * expressions by a number that is made of all that they stand on, so each of these walks through every
 * sub-select once more for each expression over it: of deep statements that is most of their time.
 */
export const plannedQuickly: ClickHouseSettings = {
  optimize_aggregators_of_group_by_keys: 0,
  optimize_and_compare_chain: 0,
  optimize_arithmetic_operations_in_aggregate_functions: 0,
  optimize_empty_string_comparisons: 0,
  optimize_extract_common_expressions: 0,
  optimize_group_by_function_keys: 0,
  optimize_injective_functions_in_group_by: 0,
  optimize_redundant_functions_in_order_by: 0,
  optimize_rewrite_array_exists_to_has: 0,
  optimize_rewrite_sum_if_to_count_if: 0,
  optimize_syntax_fuse_functions: 0,
  optimize_trivial_group_by_limit_query: 0,
  optimize_truncate_order_by_after_group_by_keys: 0,
}
