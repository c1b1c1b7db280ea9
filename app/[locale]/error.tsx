'use client'
import { useTranslations } from 'next-intl'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { Button } from '@/components/ui/button.tsx'

interface ErrorPageProps {
  readonly retry: () => void
}

export default function ErrorPage({ retry }: ErrorPageProps) {
  const t = useTranslations('error')
  return (
    <PageFrame title={t('title')} lead={t('text')} narrow>
      <Button tone="primary" onClick={() => retry()}>
        {t('retry')}
      </Button>
    </PageFrame>
  )
}
