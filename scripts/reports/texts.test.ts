import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { stateFile } from '../exercise/try.ts'
import { listText, stateText, wholeText } from './texts.ts'

const report = {
  number: 7,
  exercise: 'two-ports',
  seed: 'abc',
  locale: 'ko',
  createdAt: Date.UTC(2026, 0, 2, 3, 4),
  closedAt: undefined,
  message: '두 번째 항목이\n\u001b]0;owned\u0007틀려요.\u0007',
  verdict: { points: 0, outOf: 4, criteria: [] },
  terminals: [{ terminal: 1, commands: ['kubectl get svc', 'ssh node01'], screen: '$ kubectl get svc\n' }],
  snapshot: createCluster({ seed: 'one', startTime: 0 }).snapshot(),
}

test('reports are listed on a line each', () => {
  expect(listText([report])).toBe('    7  2026-01-02 03:04  two-ports  두 번째 항목이 틀려요.\n')
  expect(listText([{ ...report, closedAt: 1 }])).toMatch(/\(closed\)\n$/)
  expect(listText([])).toBe('No reports.\n')
})

test('a report shows its words, verdict and commands, and cannot steer the terminal', () => {
  const text = wholeText(report)
  expect(text).toContain('두 번째 항목이\n틀려요.\n')
  expect(text).toContain('0/4 points')
  expect(text).toContain('Terminal 1, typed\n  kubectl get svc\n  ssh node01\n')
  expect([...text].filter((letter) => letter !== '\n' && letter < ' ')).toEqual([])
  expect(wholeText({ ...report, verdict: undefined })).toContain('The grader itself failed')
})

test('its cluster is a file that `exercise try` opens', () => {
  expect(stateFile.parse(JSON.parse(stateText(report) ?? ''))).toMatchObject({ exercise: 'two-ports', seed: 'abc' })
  expect(stateText({ ...report, snapshot: undefined })).toBeUndefined()
})
