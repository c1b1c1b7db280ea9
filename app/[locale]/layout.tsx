import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import '../globals.css'
import type { Metadata, Viewport } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ContentRefresh } from '@/components/site/content-refresh.tsx'
import { FirstPaint } from '@/components/site/first-paint.tsx'
import { Footer } from '@/components/site/footer.tsx'
import { Header } from '@/components/site/header.tsx'
import { KeepPreferences } from '@/components/site/keep-preferences.tsx'
import { OfflineNote } from '@/components/site/offline-note.tsx'
import { WithoutScripts } from '@/components/site/without-scripts.tsx'
import { pageLocale } from '@/i18n/locale-params.ts'
import { routing } from '@/i18n/routing.ts'

interface LayoutProps {
  readonly params: Promise<{ locale: string }>
  readonly children: ReactNode
}

export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }))

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const t = await getTranslations({ locale: await pageLocale(params), namespace: 'site' })
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('description') }
}

/** `resizes-content` keeps the terminal's sheet above a phone's keyboard. */
export const viewport: Viewport = {
  colorScheme: 'light dark',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0a101d' },
  ],
}

export default async function RootLayout({ params, children }: LayoutProps) {
  const locale = await pageLocale(params)
  return (
    <html lang={locale} suppressHydrationWarning>
      <head>
        <FirstPaint />
        <WithoutScripts />
      </head>
      <body className="flex min-h-dvh flex-col">
        <NextIntlClientProvider>
          <KeepPreferences />
          {process.env.NODE_ENV === 'development' && <ContentRefresh />}
          <OfflineNote />
          <Header />
          {children}
          <Footer />
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
