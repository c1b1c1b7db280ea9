'use client'
import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ShortcutList } from './shortcut-list.tsx'

export default function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shortcuts')
  return (
    <Dialog open onClose={onClose} title={t('title')} wide>
      <p className="text-ink-soft">{t('intro')}</p>
      <ShortcutList level="h3" />
      <p className="mt-5 text-sm">
        <Link href="/shortcuts" onClick={onClose} className="text-accent underline underline-offset-4">
          {t('asPage')}
        </Link>
      </p>
    </Dialog>
  )
}
