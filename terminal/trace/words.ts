import type { Hop, Trace } from '../../emulator/index.ts'

/** What `trace` says in the learner's language. */
export interface TraceWords {
  /** The sentence of a hop. */
  hop(hop: Hop): string
  readonly outcomes: { readonly [outcome in Trace['outcome']]: string }
  /** Where a request died, in the list; the sentence comes at the end. */
  readonly here: { readonly [verdict in Hop['verdict']]: string }
  readonly cause: string
  readonly result: string
  /** How often the same request went the same way. */
  times(count: number): string
  /** More requests than are told. */
  more(count: number): string
  readonly nothingSent: string
  readonly usage: string
}

/** Where no page says which language it is in: replays, graders. */
export const ENGLISH: TraceWords = Object.freeze({
  hop: (hop: Hop) => hop.text,
  outcomes: {
    answered: 'answered',
    refused: 'refused',
    'timed-out': 'timed out',
    unreachable: 'unreachable',
    unresolved: 'name not resolved',
  },
  here: {
    pass: 'goes on',
    answered: 'answers',
    refused: 'refused here',
    dropped: 'dropped here',
    unreachable: 'nobody answers here',
    unresolved: 'the name leads nowhere',
  },
  cause: 'Cause',
  result: 'Result',
  times: (count: number) => `${count} times`,
  more: (count: number) => `${count} more requests are not shown.`,
  nothingSent: 'This command sent no request over the network.',
  usage:
    'Usage: trace COMMAND [ARGUMENT...]\n\nRuns a command, then says which way its requests took and what decided it:\n  trace curl http://192.168.1.2:30008\n  trace kubectl exec client -- wget -qO- http://web\n  trace ssh node01 curl http://10.96.0.10\nAlone it tells about the last request of this terminal.\n',
})

export const KOREAN: Omit<TraceWords, 'hop'> = Object.freeze({
  outcomes: {
    answered: '응답 받음',
    refused: '연결 거부',
    'timed-out': '시간 초과',
    unreachable: '도달 불가',
    unresolved: '이름을 찾지 못함',
  },
  here: {
    pass: '지나가요',
    answered: '응답해요',
    refused: '여기서 거부됐어요',
    dropped: '여기서 버려졌어요',
    unreachable: '여기서 아무도 답하지 않아요',
    unresolved: '이름을 찾지 못했어요',
  },
  cause: '원인',
  result: '결과',
  times: (count: number) => `${count}번`,
  more: (count: number) => `요청 ${count}개는 생략했어요.`,
  nothingSent: '이 명령은 네트워크로 요청을 보내지 않았어요.',
  usage:
    '사용법: trace 명령 [인자...]\n\n명령을 실행한 다음, 요청이 어디를 거쳐 갔고 무엇 때문에 그렇게 됐는지 알려 줘요.\n  trace curl http://192.168.1.2:30008\n  trace kubectl exec client -- wget -qO- http://web\n  trace ssh node01 curl http://10.96.0.10\n명령 없이 쓰면 이 터미널의 마지막 요청을 보여 줘요.\n',
})
