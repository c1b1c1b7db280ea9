import type { Json } from '../yaml/parse.ts'

export type Mapping = { [key: string]: Json }

export const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
export const mappingsOf = (value: Json | undefined): readonly Mapping[] => listOf(value).filter(isMapping)
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
export const mappingOf = (value: Json | undefined): Mapping => (isMapping(value) ? value : {})

/** Changes every string of a value. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}
