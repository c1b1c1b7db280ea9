'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { TitleSearch } from './title-search.tsx'
import type { Title } from './titles.ts'

interface SearchDialogProps {
  readonly titles: readonly Title[]
  readonly onClose: () => void
}

export default function SearchDialog({ titles, onClose }: SearchDialogProps) {
  const t = useTranslations('search')
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog open onClose={onClose} title={t('title')} initialFocus={input}>
      <TitleSearch titles={titles} onChoose={onClose} inputRef={input} />
    </Dialog>
  )
}
