/** Headers that a `configuration-snippet` sets by `more_set_headers` or `add_header`; the rest of it has no effect here. */
export function snippetHeaders(text: string | undefined): readonly (readonly [name: string, value: string])[] {
  if (text === undefined) return []
  const more = [...text.matchAll(/more_set_headers\s+["']([\w-]+):\s*([^"']*)["']\s*;/g)]
  const added = [...text.matchAll(/add_header\s+["']?([\w-]+)["']?\s+(?:"([^"]*)"|'([^']*)'|([^\s;]+))[^;]*;/g)]
  return [
    ...more.map(([, name = '', value = '']) => [name, value] as const),
    ...added.map(([, name = '', double, single, plain]) => [name, double ?? single ?? plain ?? ''] as const),
  ]
}
