'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { LiveSearch } from './live-search.tsx'

export default function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('search')
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog open onClose={onClose} title={t('title')} initialFocus={input} wide>
      <LiveSearch onChoose={onClose} inputRef={input} />
    </Dialog>
  )
}
