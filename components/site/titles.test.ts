import { expect, it } from 'vitest'
import { searchTitles, type Title } from './titles.ts'

const titles: readonly Title[] = [
  { kind: 'quiz', href: '/quizzes/nodeport', title: 'NodePort 퀴즈', words: '' },
  { kind: 'lesson', href: '/lessons/nodeport', title: '서비스와 NodePort', words: '노드 포트를 열어요' },
  { kind: 'exercise', href: '/exercises/ports', title: '포트 잇기', words: 'NodePort targetPort' },
]

it('finds titles by every word, in any case, titles before descriptions', () => {
  expect(searchTitles(titles, 'nodeport').map((t) => t.href)).toEqual([
    '/quizzes/nodeport',
    '/lessons/nodeport',
    '/exercises/ports',
  ])
  expect(searchTitles(titles, '서비스 NODEPORT').map((t) => t.kind)).toEqual(['lesson'])
})
it('finds Korean typed as separate jamo (as macOS file names are)', () => {
  expect(searchTitles(titles, '서비스'.normalize('NFD'))).toHaveLength(1)
})
it('finds everything for an empty query and nothing for a foreign word', () => {
  expect(searchTitles(titles, ' ')).toHaveLength(3)
  expect(searchTitles(titles, 'zeppelin')).toEqual([])
})
