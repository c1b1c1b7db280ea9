import type { Locale } from '../../curriculum/types.ts'
import type { ServerMessage, StepLabel } from '../protocol.ts'

export type Move = Extract<ServerMessage, { type: 'moved' }>['how']

interface Words {
  readonly moved: { readonly [how in Move]: (label: string) => string }
  readonly labels: { readonly [kind in StepLabel['kind']]: (text: string) => string }
  readonly ended: string
}

const ENGLISH: Words = {
  moved: {
    undo: (label) => `undid: ${label}`,
    redo: (label) => `redid: ${label}`,
    reset: () => 'the workspace was reset; undo brings back what was',
    checkpoint: (label) => label,
  },
  labels: {
    command: (text) => text,
    outside: (text) => `kubectl from outside: ${text}`,
    reset: () => 'reset of the workspace',
    checkpoint: (text) => `back to the checkpoint: ${text}`,
  },
  ended: 'The shell here began anew: what ran was ended.',
}

const KOREAN: Words = {
  moved: {
    undo: (label) => `되돌렸어요: ${label}`,
    redo: (label) => `다시 적용했어요: ${label}`,
    reset: () => '작업 공간을 초기화했어요. 되돌리기를 누르면 이전 상태로 돌아와요.',
    checkpoint: (label) => label,
  },
  labels: {
    command: (text) => text,
    outside: (text) => `외부 kubectl: ${text}`,
    reset: () => '작업 공간 초기화',
    checkpoint: (text) => `체크포인트로 돌아가기: ${text}`,
  },
  ended: '여기서는 셸을 새로 시작했어요. 실행 중이던 명령은 끝났어요.',
}

const ARROWS: { readonly [how in Move]: string } = { undo: '↶', redo: '↷', reset: '↺', checkpoint: '↺' }

/** What every terminal says when another state took the present one's place; `broken`: something ran in it. */
export function movedText(locale: Locale, how: Move, { kind, text }: StepLabel, broken: boolean): string {
  const words = locale === 'ko' ? KOREAN : ENGLISH
  const said = `${ARROWS[how]} ${words.moved[how](words.labels[kind](text))}`
  return [said, ...(broken ? [`  ${words.ended}`] : [])].map((line) => `\x1b[36m${line}\x1b[0m\r\n`).join('')
}
