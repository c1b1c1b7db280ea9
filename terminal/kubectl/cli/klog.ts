/** `W1121 01:47:13.437000    6796 helpers.go:703]`: the head of a line of kubectl's own log. */
export function klogHead(level: string, now: number, source: string): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T')
  return `${level}${date.slice(5).replace('-', '')} ${time.replace('Z', '000')}    6796 ${source}]`
}
