'use client'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSession, useSessionState } from './provider.tsx'
import type { NoticeCode } from './session-state.ts'

const texts = {
  restarted: 'noticeRestarted',
  busy: 'noticeBusy',
  'too-many-terminals': 'noticeTooMany',
  reset: 'noticeReset',
  'not-moved': 'noticeNotMoved',
  limit: 'noticeLimit',
  replaced: 'noticeReplaced',
  'not-found': 'errorNotFound',
  'bad-message': 'errorBadMessage',
  unauthorised: 'errorUnauthorised',
  overloaded: 'errorOverloaded',
  internal: 'errorInternal',
} as const satisfies Record<NoticeCode, string>

/** Said once and over: these go by themselves. */
const PASSING: ReadonlySet<NoticeCode> = new Set<NoticeCode>(['busy', 'not-moved', 'reset', 'too-many-terminals'])
const PASSING_MS = 6000

/** What the server wants the learner to know, over the foot of the terminal so that nothing moves. */
export function Notices() {
  const t = useTranslations()
  const session = useSession()
  const notices = useSessionState((state) => state.notices)
  useEffect(() => {
    const passing = notices.filter((notice) => PASSING.has(notice.code))
    const timers = passing.map((notice) => setTimeout(() => session.dismiss(notice.id), PASSING_MS))
    return () => timers.forEach(clearTimeout)
  }, [notices, session])
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-3 bottom-3 z-20 flex flex-col items-center gap-2"
    >
      {notices.map((notice) => (
        <div
          key={notice.id}
          className="settle-in pointer-events-auto flex max-w-xl items-center gap-3 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 text-[0.875rem] shadow-lg"
        >
          <Icon name="info" className="size-4 text-accent" />
          <p title={notice.detail}>{t(`workspace.${texts[notice.code]}`)}</p>
          {notice.code === 'reset' && (
            <Button size="small" onClick={() => session.step('undo')}>
              <Icon name="undo" />
              {t('reset.undo')}
            </Button>
          )}
          <button
            type="button"
            aria-label={t('workspace.dismiss')}
            onClick={() => session.dismiss(notice.id)}
            className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink"
          >
            <Icon name="cross" className="size-3.5" />
          </button>
        </div>
      ))}
    </div>
  )
}
