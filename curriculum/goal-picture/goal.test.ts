/** What a goal shows, and how the present is compared with it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWithGoal } from './compare.ts'
import { factsOf } from './facts.ts'
import { goalOf } from './goal.ts'
import type { Picture, PictureIngress, PictureService } from './picture.ts'
import { saidIn } from './said.ts'

const everything = () => true
const nothing = () => false

const service = (name: string, parts: Partial<PictureService> = {}): PictureService => ({
  id: `Service default/${name}`,
  type: 'ClusterIP',
  clusterIP: '10.96.1.1',
  ports: [{ port: 80, protocol: 'TCP', target: '80' }],
  balanced: false,
  endpoints: new Map(),
  ...parts,
})
const picture = (parts: Partial<Picture> = {}): Picture => ({ workloads: [], services: [], ingresses: [], ...parts })
const web = { id: 'Deployment default/web', ready: 3 }
const toWeb = (count = 3) => new Map([[web.id, count]])

const name = fc.constantFrom('web', 'api', 'admin', 'shop/web')
const workload = fc.record({
  id: name.map((n) => `Deployment ${n.includes('/') ? n : `default/${n}`}`),
  ready: fc.nat(3),
})
const anyService = fc.record({
  id: name.map((n) => `Service ${n.includes('/') ? n : `default/${n}`}`),
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  clusterIP: fc.constantFrom('', 'None', '10.96.1.1', '10.96.1.2'),
  externalName: fc.option(fc.constantFrom('example.com', 'nginx.org'), { nil: undefined }),
  balanced: fc.boolean(),
  ports: fc.uniqueArray(
    fc.record({
      port: fc.constantFrom(80, 8080),
      protocol: fc.constantFrom('TCP', 'UDP'),
      target: fc.constantFrom('80', '8080', 'http'),
      nodePort: fc.option(fc.constantFrom(30010, 30020), { nil: undefined }),
    }),
    { selector: ({ port, protocol }) => `${port}${protocol}`, maxLength: 3 },
  ),
  endpoints: fc
    .dictionary(
      fc.constantFrom('Deployment default/web', 'Deployment shop/web', 'Address 1.2.3.4'),
      fc.integer({ min: 1, max: 3 }),
    )
    .map((counts) => new Map(Object.entries(counts))),
})
const ingress: fc.Arbitrary<PictureIngress> = fc.record({
  id: fc.constant('Ingress default/site'),
  served: fc.boolean(),
  routes: fc.array(
    fc.record({
      host: fc.constantFrom('a.example.com', '*'),
      path: fc.constantFrom('/', '/api'),
      service: fc.constantFrom('web', 'api'),
    }),
    { maxLength: 3 },
  ),
})
const byId = { selector: ({ id }: { readonly id: string }) => id, maxLength: 4 }
const pictures: fc.Arbitrary<Picture> = fc.record({
  workloads: fc.uniqueArray(workload, byId),
  services: fc.uniqueArray(anyService, byId),
  ingresses: fc.uniqueArray(ingress, byId),
})
const said = fc.func(fc.boolean())
const material = fc.record({ start: pictures, solved: fc.tuple(pictures, pictures), said })

describe('a goal', () => {
  it('is reached by every solution that it was made of', () => {
    fc.assert(
      fc.property(material, (made) => {
        const goal = goalOf(made)
        for (const solved of goal ? made.solved : []) if (goal) expect(compareWithGoal(goal, solved).left).toBe(0)
      }),
    )
  })

  it('is not reached where the learner begins', () => {
    fc.assert(
      fc.property(material, (made) => {
        const goal = goalOf(made)
        if (goal) expect(compareWithGoal(goal, made.start).left).toBeGreaterThan(0)
      }),
    )
  })

  it('tells no value that neither the task says nor the beginning shows', () => {
    fc.assert(
      fc.property(material, (made) => {
        const before = factsOf(made.start)
        for (const fact of goalOf(made)?.facts.values() ?? [])
          if (before.get(fact.key)?.value !== fact.value) expect(fact.tells.every(made.said)).toBe(true)
      }),
    )
  })

  it('is nothing where the picture stays as it is', () => {
    fc.assert(
      fc.property(pictures, (same) => {
        expect(goalOf({ start: same, solved: [same], said: everything })).toBeUndefined()
      }),
    )
  })

  it('does not mind what else there is, nor in which order', () => {
    fc.assert(
      fc.property(material, pictures, (made, present) => {
        const goal = goalOf(made)
        if (!goal) return
        const more = picture({
          workloads: [...present.workloads.toReversed(), { id: 'Deployment default/extra', ready: 1 }],
          services: [...present.services.toReversed(), service('extra', { endpoints: toWeb() })],
          ingresses: present.ingresses.toReversed(),
        })
        expect(compareWithGoal(goal, more).left).toBe(compareWithGoal(goal, present).left)
      }),
    )
  })

  it('leaves out what another right way does differently', () => {
    const start = picture({ workloads: [web] })
    const here = picture({ workloads: [web], services: [service('front', { endpoints: toWeb() })] })
    const there = picture({
      workloads: [web],
      services: [service('front', { endpoints: toWeb(), ports: [{ port: 80, protocol: 'TCP', target: '8080' }] })],
    })
    const goal = goalOf({ start, solved: [here, there], said: everything })
    expect(goal && compareWithGoal(goal, there).left).toBe(0)
    expect([...(goal?.facts.keys() ?? [])]).not.toContain('Service default/front|target|80|')
  })
})

describe('a new value', () => {
  const start = picture({ workloads: [web], services: [service('front', { ports: [] })] })
  const end = picture({ workloads: [web], services: [service('front', { endpoints: toWeb() })] })
  it('shows only if the task says it; what comes of it shows always', () => {
    const aspects = (say: (value: string) => boolean) =>
      [...(goalOf({ start, solved: [end], said: say })?.facts.values() ?? [])]
        .filter(({ thing }) => thing === 'Service default/front')
        .map(({ aspect }) => aspect)
    expect(aspects((value) => value === 'front')).toEqual(['there', 'type', 'endpoint'])
    expect(aspects((value) => value === 'front' || value === '80')).toEqual([
      'there',
      'type',
      'port',
      'target',
      'endpoint',
    ])
  })
  it('does not show on a thing that the task does not speak of: its reader has to find it', () => {
    expect(goalOf({ start, solved: [end], said: nothing })).toBeUndefined()
  })
})

describe('marks', () => {
  const start = picture({
    workloads: [
      { ...web, ready: 0 },
      { id: 'Deployment default/old', ready: 1 },
    ],
  })
  const end = picture({
    workloads: [web, { id: 'Deployment default/old', ready: 1 }],
    services: [service('front', { endpoints: toWeb() })],
  })
  const goal = goalOf({ start, solved: [end], said: everything })
  const compared = (present: Picture) => {
    if (!goal) throw new Error('there is a goal')
    const { things, lines, left } = compareWithGoal(goal, present)
    return { states: Object.fromEntries(things.map(({ id, state }) => [id.split('/')[1], state])), lines, left, things }
  }

  it('name what is missing and what differs, and not the lines that follow from it', () => {
    const { states, lines, left } = compared(start)
    expect(states).toEqual({ web: 'differs', front: 'missing', old: 'met' })
    expect(lines.map(({ met, marked }) => [met, marked])).toEqual([[false, false]])
    expect(left).toBe(2)
  })
  it('stand on a line where both of its ends are as they should be', () => {
    const { lines, left } = compared({ ...end, services: [service('front')] })
    expect(lines.map(({ marked, now }) => [marked, now])).toEqual([[true, undefined]])
    expect(left).toBe(1)
  })
  it('tell where requests go astray, and the port there is in place of the right one', () => {
    const astray = new Map([...toWeb(), ['Deployment default/old', 1]])
    const front = service('front', { endpoints: astray, ports: [{ port: 8080, protocol: 'TCP', target: '80' }] })
    const { things } = compared({ ...end, services: [front] })
    const rows = things.find(({ name: called }) => called === 'front')?.rows.filter(({ met }) => !met)
    expect(rows?.map(({ aspect, now }) => [aspect, now])).toEqual([
      ['port', '8080'],
      ['target', undefined],
      ['astray', 'Deployment old'],
    ])
  })
  it('ask for what has to go, and say when it went', () => {
    const moved = goalOf({ start: { ...start, services: [service('wrong')] }, solved: [end], said: everything })
    const state = (present: Picture) =>
      moved && compareWithGoal(moved, present).things.find(({ name: called }) => called === 'wrong')?.state
    expect(state({ ...end, services: [service('wrong')] })).toBe('surplus')
    expect(state(end)).toBe('gone')
  })
})

describe('what a text says', () => {
  const says = saidIn(
    'Make a **headless** Service `web` (http://web, port 8080); 브라우저는 http://shop:90/ 주소로, `web-admin`은 그대로.',
  )
  it.each(['web', 'Headless', '8080', '80', '90', 'shop', 'web-admin', '*', '/'])('takes %s as said', (value) => {
    expect(says(value)).toBe(true)
  })
  it.each(['admin', '808', '0', 'webs', '10.96.0.1', 'less'])('does not take %s as said', (value) => {
    expect(says(value)).toBe(false)
  })
  it('knows port 80 by a URL without a port, and by no other', () => {
    expect(saidIn('http://web:8080')('80')).toBe(false)
    expect(saidIn('`http://web`')('80')).toBe(true)
    expect(saidIn('http://web:8080, http://web.')('80')).toBe(true)
  })
})
