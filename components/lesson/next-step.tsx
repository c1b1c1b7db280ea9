import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { type ButtonTone, buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

export interface NextStep {
  readonly href: string
  readonly title: string
}

/** On to what the track has next; after its last page, home to what is left. */
export function NextStepLink({
  next,
  tone = 'primary',
}: {
  readonly next: NextStep | undefined
  readonly tone?: ButtonTone
}) {
  const t = useTranslations()
  return (
    <Link href={next?.href ?? '/lessons'} className={`${buttonClass(tone)} max-w-full py-2 whitespace-normal!`}>
      {next ? t('lesson.next', { title: next.title }) : t('home.seeTrack')}
      <Icon name="right" />
    </Link>
  )
}
