import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { routing } from './routing.ts'

/** Interface texts of the requested language. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  const messages = await import(`../content/ui/${locale}.json`)
  return { locale, messages: messages.default, timeZone: 'UTC' }
})
