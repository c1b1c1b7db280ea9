import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { routing } from './routing.ts'

const texts = async (name: string) => JSON.parse(await readFile(path.join(process.cwd(), 'content/ui', name), 'utf8'))

/** Interface texts of the requested language; `hops` tells each step of a traced request by its code. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  const [messages, hops] = await Promise.all([
    import(`../content/ui/${locale}.json`),
    texts(`trace.${locale}.json`).catch(() => ({})),
  ])
  return { locale, messages: { ...messages.default, hops }, timeZone: 'UTC' }
})
