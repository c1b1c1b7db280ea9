import { notFound } from 'next/navigation'
import { pageLocale } from '@/i18n/locale-params.ts'

/** Addresses that lead nowhere get this site's own page, in the reader's language. */
export default async function Nowhere({ params }: { readonly params: Promise<{ locale: string }> }) {
  await pageLocale(params)
  notFound()
}
