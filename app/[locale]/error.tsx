'use client'
import { useTranslations } from 'next-intl'
import { ContentMistake } from '@/components/site/content-refresh.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { Button } from '@/components/ui/button.tsx'

interface ErrorPageProps {
  readonly error: Error
  readonly retry: () => void
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('error')
  return (
    <PageFrame title={t('title')} lead={t('text')} narrow>
      {process.env.NODE_ENV === 'development' && <ContentMistake error={error} retry={retry} />}
      <Button tone="primary" onClick={() => retry()}>
        {t('retry')}
      </Button>
    </PageFrame>
  )
}
