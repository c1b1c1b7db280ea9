import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { routing } from './routing.ts'

/** Interface texts of the requested language; `hops` tells each step of a traced request by its code. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  const [messages, hops] = await Promise.all([
    import(`../content/ui/${locale}.json`),
    import(`../content/ui/trace.${locale}.json`),
  ])
  return { locale, messages: { ...messages.default, hops: hops.default }, timeZone: 'UTC' }
})
