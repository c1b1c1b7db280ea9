import { describe, expect, it } from 'vitest'
import { wordsOfQuery, wordsOfText } from './words.ts'

/** Are all words of the query among those of the text? */
const finds = (query: string, text: string) => {
  const words = new Set(wordsOfText(text))
  return wordsOfQuery(query).every((word) => words.has(word))
}

describe('Korean', () => {
  it.each([
    ['파드', '파드를 지우면'],
    ['노드', '노드포트 첫걸음'],
    ['포트', '노드포트 첫걸음'],
    ['노드포트', '노드 포트가 열려요'],
    ['로드 밸런서', '로드밸런서가 없어요'],
    ['로드밸런서', '로드 밸런서가 없어요'],
    ['클러스터IP', '클러스터 IP는'],
    ['서비스'.normalize('NFD'), '서비스예요'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true))

  it.each([
    ['서버', '서비스 서, 버리고'],
    ['드노', '파드\n노드'],
    ['파드', '파란 드론'],
  ])('%s does not find %s', (query, text) => expect(finds(query, text)).toBe(false))
})

describe('other words', () => {
  it.each([
    ['port', 'the targetPort of'],
    ['targetport', 'the targetPort of'],
    ['proxy', 'kube-proxy'],
    ['kube-proxy', 'kube-proxy writes'],
    ['endpoints', 'kubectl get endpoints'],
    ['10.96.0.10', 'the address 10.96.0.10.'],
    ['dns', 'CoreDNS answers'],
    ['nodeport', '`NodePort`예요'],
    ['role', 'node-role.kubernetes.io/control-plane'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true))

  it('has no words in signs', () => expect(wordsOfQuery('-- <> … «»')).toEqual([]))
})
