import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTypist } from './testing/typist.ts'

const PROMPT = 'learner@laptop:~$'

describe('a prompt', () => {
  it('runs what is typed and prompts again', async () => {
    const { type, screen } = await createTypist()
    await type('echo hi\r')
    expect(screen()).toBe(`${PROMPT} echo hi\nhi\n${PROMPT}`)
  })

  it('edits in the middle, by words and by halves', async () => {
    const { type, screen, cursor } = await createTypist()
    await type('echo one two\u001bb\u001bbX-\u0001\u001b[C\u001b[C\u0005!\u001b[D\u001b[3~')
    expect(screen()).toBe(`${PROMPT} echo X-one two`)
    expect(cursor()).toEqual([PROMPT.length + 1 + 'echo X-one two'.length, 0])
    await type('\u0017\u0017\u0019\u0015\u0019')
    expect(screen()).toBe(`${PROMPT} echo X-one`)
  })

  it('takes Korean two cells wide, over the edge of the screen, and deletes it whole', async () => {
    const { type, screen, cursor } = await createTypist({ columns: 30 })
    await type('echo 가나다라마바사아')
    expect(screen()).toBe(`${PROMPT} echo 가나다\n라마바사아`)
    expect(cursor()).toEqual([10, 1])
    await type('\u007f\u007f\u001b[D\u001b[D\u001b[D\u001b[D')
    expect(screen()).toBe(`${PROMPT} echo 가나다\n라마바`)
    expect(cursor()).toEqual([27, 0])
    await type('x\r')
    expect(screen()).toContain('가나x다라마바\n')
  })

  it('draws its line anew when the screen gets another width', async () => {
    const { type, screen, session, terminal } = await createTypist({ columns: 60 })
    await type('echo 0123456789 0123456789 0123456789')
    terminal.resize(30, 24)
    session.resize(30, 24)
    await type('!')
    expect(screen().replaceAll('\n', '')).toBe(`${PROMPT} echo 0123456789 0123456789 0123456789!`)
  })

  it('walks the history, keeps the draft, and searches', async () => {
    const { type, screen } = await createTypist()
    await type('echo one\r')
    await type('echo two\r')
    await type('draft\u001b[A\u001b[A\u001b[B\u001b[B')
    expect(screen().split('\n').at(-1)).toBe(`${PROMPT} draft`)
    await type('\u0015\u0012one')
    expect(screen().split('\n').at(-1)).toBe("(reverse-i-search)`one': echo one")
    await type('\r')
    expect(screen().split('\n').slice(-3)).toEqual([`${PROMPT} echo one`, 'one', PROMPT])
    await type('!!\r')
    expect(screen().split('\n').slice(-3)).toEqual(['echo one', 'one', PROMPT])
  })

  it('asks for the rest of a command, and gives up on Ctrl-C', async () => {
    const { type, screen } = await createTypist()
    await type("cat <<'EOF' | tr a-z A-Z\r")
    await type('line\r')
    await type('EOF\r')
    await type('if true\r')
    await type('\u0003')
    await type('echo $?\r')
    expect(screen()).toBe(
      [
        `${PROMPT} cat <<'EOF' | tr a-z A-Z`,
        '> line',
        '> EOF',
        'LINE',
        `${PROMPT} if true`,
        '> ^C',
        `${PROMPT} echo $?`,
        '130',
        PROMPT,
      ].join('\n'),
    )
  })

  it('runs each line of a paste in turn', async () => {
    const { typeUntil, screen } = await createTypist()
    await typeUntil('\u001b[200~echo 1\nfor i in a b; do\n  echo $i\ndone\n\u001b[201~', `b\n${PROMPT}`)
    expect(screen()).toBe(
      [`${PROMPT} echo 1`, '1', `${PROMPT} for i in a b; do`, '>   echo $i', '> done', 'a', 'b', PROMPT].join('\n'),
    )
  })
})

describe('Tab', () => {
  it('completes commands, files and what kubectl offers; twice lists', async () => {
    const { type, screen, typeUntil } = await createTypist()
    await type('touch service-a.yml service-b.yml "two words"\r')
    await typeUntil('kubec\tget no\t', 'get no')
    await type('\u0015cat se\t')
    expect(screen().split('\n').at(-1)).toBe(`${PROMPT} cat service-`)
    await type('\t\t')
    expect(screen().split('\n').slice(-2)).toEqual(['service-a.yml  service-b.yml', `${PROMPT} cat service-`])
    await type('\u0015ls tw\t')
    expect(screen().split('\n').at(-1)).toBe(`${PROMPT} ls two\\ words`)
  })

  it('knows the machines that ssh reaches', async () => {
    const { type, screen } = await createTypist()
    await type('ssh contr\t')
    expect(screen()).toBe(`${PROMPT} ssh controlplane`)
  })
})

describe('a running command', () => {
  it('shows output as it comes and stops on Ctrl-C', async () => {
    const { typeUntil, type, screen } = await createTypist()
    await typeUntil('while true; do date +%T; sleep 1; done\r', '09:00:03')
    await type('\u0003')
    expect(screen().split('\n').slice(-2)).toEqual(['^C', PROMPT])
    await type('echo $?\r')
    expect(screen().split('\n').at(-2)).toBe('130')
  })

  it.each([
    'while true; do :; done',
    'while ((1)); do ((i++)); done',
    'until [[ a == b ]]; do x=1; done',
    'f() { f2; }; f2() { :; }; while :; do f; done',
  ])('gives way to Ctrl-C: %s', async (line) => {
    const { type, typeUntil, screen } = await createTypist()
    await typeUntil(`cd /tmp; ${line}\r`, 'done')
    await type('\u0003')
    expect(screen().split('\n').slice(-2)).toEqual(['^C', 'learner@laptop:/tmp$'])
  })

  it('stops kubectl get -w on Ctrl-C', async () => {
    const { type, typeUntil, screen } = await createTypist()
    await typeUntil('kubectl run web --image=nginx; kubectl get pods -w\r', 'Running')
    await type('\u0003')
    expect(screen().split('\n').slice(-2)).toEqual(['^C', PROMPT])
  })

  it('leaves typed-ahead keys for the next prompt', async () => {
    const { typeUntil, screen } = await createTypist()
    await typeUntil('sleep 3; echo slept\recho ahead\r', 'ahead\nahead')
    expect(screen()).toBe(
      [`${PROMPT} sleep 3; echo slept`, 'slept', `${PROMPT} echo ahead`, 'ahead', PROMPT].join('\n'),
    )
  })

  it('reads lines that are typed', async () => {
    const { typeUntil, type, screen } = await createTypist()
    await typeUntil('cat > note.txt\r', 'note.txt')
    await type('hellp\u007fo\r\u0004')
    await type('cat note.txt; read -p "who? " who; echo "<$who>"\r홍길동\r')
    expect(screen().split('\n').slice(-4)).toEqual(['hello', 'who? 홍길동', '<홍길동>', PROMPT])
  })

  it('prints what a job says above the line being typed', async () => {
    const { typeUntil, screen } = await createTypist()
    await typeUntil('(sleep 50; echo done) &\recho typing', '\ndone\n')
    expect(screen().split('\n').slice(-2)).toEqual(['done', `${PROMPT} echo typing`])
  })
})

describe('stacked shells', () => {
  it('goes to a node and back', async () => {
    const { type, screen, session } = await createTypist()
    await type('ssh controlplane\r')
    expect(session.place).toEqual({ kind: 'machine', name: 'controlplane' })
    await type('hostname\r')
    await type('\u0004')
    expect(screen().split('\n').slice(-4)).toEqual([
      'controlplane',
      'root@controlplane:~# logout',
      'Connection to controlplane closed.',
      PROMPT,
    ])
    expect(session.place).toEqual({ kind: 'machine', name: 'laptop' })
  })

  it('sits in a container', async () => {
    const { type, screen, session } = await createTypist()
    await type('kubectl run b --image=busybox -- sleep 3600; sleep 10\r')
    await type('kubectl exec -it b -- sh\r')
    await type('hostname; foo\r')
    expect(screen().split('\n').slice(-4)).toEqual(['/ # hostname; foo', 'b', 'sh: foo: not found', '/ #'])
    expect(session.place).toEqual({ kind: 'pod', namespace: 'default', name: 'b' })
    await type('exit 3\r')
    expect(screen().split('\n').slice(-2)).toEqual(['command terminated with exit code 3', PROMPT])
  })

  it('ends with its container', async () => {
    const { type, screen, cluster } = await createTypist()
    await type('kubectl run b --image=busybox -- sleep 3600; sleep 10\r')
    await type('kubectl exec -it b -- sh\r')
    cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/default/pods/b' })
    cluster.run(60_000)
    await type('hostname\r')
    expect(screen().split('\n').slice(-2)).toEqual(['command terminated with exit code 137', PROMPT])
  })

  it('opens the page’s editor for vi', async () => {
    const { type, screen } = await createTypist({
      editor: async ({ text }) => ({ saved: true, text: `${text}a: 1\n` }),
    })
    await type('vi a.yml\r')
    await type('cat a.yml\r')
    expect(screen().split('\n').slice(-2)).toEqual(['a: 1', PROMPT])
  })
})

describe('run', () => {
  it('types a line in place of the draft and returns what it printed', async () => {
    const { type, screen, session } = await createTypist()
    await type('draft')
    expect(await session.run('echo out; echo err >&2; false')).toEqual({ stdout: 'out\n', stderr: 'err\n', code: 1 })
    await type('')
    expect(screen()).toContain(`${PROMPT} echo out; echo err >&2; false\nout\nerr`)
  })
})

describe('hostile input', () => {
  it('leaves a terminal that still works', async () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '\r',
        '\u0003',
        '\u0004',
        '\t',
        '\u001b[A',
        "echo '",
        '"$(',
        'cat <<E\r',
        '{ ',
        'if ',
        '\u0012',
        '\u001b[200~',
        '`',
        '\\\r',
        '\u0000',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 25 }), async (keys) => {
        const { type, typeUntil, screen } = await createTypist()
        for (const key of keys) await type(key.replaceAll(/[&~]/g, ''))
        await typeUntil('\u001b[201~\u0003\u0003\u0007\u0015\u0003stty; echo still-$((40+2))\r', 'still-42')
        expect(screen()).toContain('still-42')
      }),
      { numRuns: 25 },
    )
  })
})
