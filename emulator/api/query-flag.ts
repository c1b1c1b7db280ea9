/**
 * A boolean parameter of a query: everything but a plain no is a yes, even nothing, as in `?watch` (upstream:
 * apimachinery/pkg/runtime/converter of queries, Convert_Slice_string_To_bool).
 */
export const isYes = (value: string | undefined): boolean =>
  value !== undefined && !['false', '0'].includes(value.toLowerCase())
