/** The sentence of a hop in the reader's language; content/ui/trace.<locale>.json holds a template for every code. */
import { z } from 'zod'
import type { Hop } from '../emulator/index.ts'
import { ENGLISH, KOREAN, type TraceWords } from '../terminal/trace/words.ts'
import { contentPath } from './files.ts'
import { remember } from './remember.ts'
import type { Locale } from './types.ts'
import { readYaml } from './yaml-source.ts'

/** Falls back to the hop's own English sentence for a code that has no template. */
export function traceText(hop: Pick<Hop, 'code' | 'params' | 'text'>, locale: Locale): string {
  const template = templates(locale)[hop.code]
  if (template === undefined) return hop.text
  const pod = templates(locale)['pod-named'] ?? POD
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => inWords(hop.params[name] ?? whole, pod))
}

const POD = 'Pod {name}'

/** Parameters call a Pod `Pod web`; languages that put the kind behind the name have a template for it. */
function inWords(value: string | number, pod: string): string {
  return String(value).replace(/^Pod (\S+)/, (_, name: string) => pod.replace('{name}', () => name))
}

/** What the terminal's `trace` says to a reader of that language. */
export function traceWords(locale: Locale): TraceWords {
  return { ...(locale === 'ko' ? KOREAN : ENGLISH), hop: (hop) => traceText(hop, locale) }
}

const templates = (locale: Locale): Readonly<Record<string, string>> =>
  remember(`trace/${locale}`, () =>
    readYaml(contentPath('ui', `trace.${locale}.json`), z.record(z.string(), z.string())),
  )
