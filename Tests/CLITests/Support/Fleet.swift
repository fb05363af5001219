import Glibc
import Testing

@testable import TCCommands

extension TestBed {
    /// A folder with `fleet.jsonl` (20 vehicles, ten minutes) and a store, the default one, that
    /// holds it in two files, so that there is something to compact; and with accounts, what they
    /// log in with, and what they were given (see `accounts`).
    static func withFleet() -> TestBed {
        #expect(fleet.failure == nil)
        let bed = TestBed(tools: true)
        for name in Files.names(in: fleet.folder) {
            Files.copy("\(fleet.folder)/\(name)", to: "\(bed.folder)/\(name)")
        }
        return bed
    }

    /// A script with what an authenticator shows now in `code`, where it reads that: a code of when
    /// the bed was made may be over.
    static func withCode(_ script: String) -> String {
        script.contains("< code")
            ? "python3 code.py < secret-of-ada > code\n\(script)" : script
    }

    /// What `withFleet` copies; made once, removed when the tests end.
    private static let fleet: (folder: String, failure: String?) = {
        let bed = TestBed(tools: true)
        let made = bed.sh(
            """
            tc telemetry simulate --quiet --vehicles 20 --duration 10m --seed 1 > fleet.jsonl
            head -n 6000 fleet.jsonl | tc telemetry ingest --quiet
            tail -n +6001 fleet.jsonl | tc telemetry ingest --quiet
            """ + "\n" + accounts + "\n" + garage)
        keptFolder = Files.temporaryFolder()
        for name in Files.names(in: bed.folder) {
            Files.copy("\(bed.folder)/\(name)", to: "\(keptFolder)/\(name)")
        }
        atexit { Files.remove(keptFolder) }
        return (keptFolder, made.status == 0 ? nil : made.stderrText)
    }()
}

/// Makes the accounts of Ada, who has a password and an enrolment with a secret, and of Bob,
/// who has a second factor; with cheap passwords, an identity provider and a certificate.
private let accounts = #"""
    cat > tc.yaml <<END
    auth:
      scrypt: ln=4,r=8,p=1
      providers: providers.yaml
    data:
      catalog: catalog.yaml
      jwks: jwks.json
    END
    cat > providers.yaml <<END
    github:
      client_id: tc
      client_secret_file: github.secret
    END
    echo a-secret-of-tests > github.secret
    chmod 600 github.secret
    echo correct-horse-battery > password
    for name in ada bob; do
        printf '{"email":"%s@example.com","password":"correct-horse-battery"}\n' $name
    done > credentials.jsonl
    sed s/example.com/example.net/ credentials.jsonl > accounts.jsonl
    tc auth register --quiet credentials.jsonl
    tc auth users export | jq -c 'del(.user_id) | .email |= sub("com$"; "org")' > users.jsonl
    head -n 1 credentials.jsonl | tc auth login --quiet > login.jsonl
    jq -r .access_token login.jsonl > tokens.txt
    tc auth keys jwks > jwks.json
    cat > code.py <<END
    import base64, hmac, sys, time
    key, step = base64.b32decode(sys.stdin.read().strip()), int(time.time()) // 30
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    number = int.from_bytes(digest[digest[-1] & 15:][:4], "big") & 0x7FFFFFFF
    print(f"{number % 1000000:06}")
    END
    code() { jq -r .secret | python3 code.py; }
    tc auth mfa enroll --user bob@example.com | code | tc auth mfa confirm --user bob@example.com |
        jq -j '.recovery_codes[0]' > recovery-code
    tail -n 1 credentials.jsonl | tc auth login --quiet > login-of-bob.jsonl
    tc auth mfa enroll --user ada@example.com | jq -r .secret > secret-of-ada
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -keyout tls.key -out tls.crt 2> /dev/null
    """#

/// Makes a database of three vehicles, a catalogue that opens it, and lines to change it with.
private let garage = #"""
    mkdir migrations
    cat > migrations/0001_vehicles.sql <<END
    CREATE TABLE vehicles (
        id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT, soc_pct DOUBLE PRECISION,
        made_at BIGINT NOT NULL, CONSTRAINT vehicles_pkey PRIMARY KEY (id));
    CREATE INDEX vehicles_by_owner ON vehicles (owner, id);
    END
    cat > catalog.yaml <<END
    tables:
      vehicles:
        columns: {id: text, owner: text, name: text?, soc_pct: real?, made_at: time}
        key: id
        read: [driver, operator]
        write: [operator]
    queries:
      vehicles_by_owner:
        sql: SELECT id, name, soc_pct FROM vehicles WHERE owner = :owner
        params: {owner: text}
        keyset: [id]
        read: [driver, operator]
    statements:
      rename_vehicle:
        sql: UPDATE vehicles SET name = :name WHERE id = :id
        params: {id: text, name: text?}
        write: [operator]
    END
    tc data migrate --quiet migrations > migrated.jsonl
    printf '{"id":"veh_%s","owner":"usr_%s","soc_pct":%s,"made_at":"2026-01-02"}\n' 1 7 15 2 7 80 3 8 null |
        tc data insert --quiet --table vehicles > inserted.jsonl
    printf '{"id":"veh_%s","owner":"usr_8","made_at":"2026-01-03"}\n' 4 5 > new.jsonl
    for id in $(seq 12); do
        printf '{"trace":"t1","caller":"list","sql":"SELECT name FROM vehicles WHERE id = $1","params":["veh_%s"],"ms":0.4}\n' $id
    done > queries.jsonl
    printf '{"id":"veh_%s","name":"%s"}\n' 1 Rover 2 Pony > changes.jsonl
    printf '{"statement":"rename_vehicle","params":{"id":"veh_%s","name":"%s"}}\n' 1 Ann 2 Bob \
        > statements.jsonl
    """#

/// Written once, before `atexit` is told of it.
nonisolated(unsafe) private var keptFolder = ""

extension CommandPath {
    /// The root, every family and every command.
    static func all() -> [CommandPath] {
        var found: [CommandPath] = []
        func visit(_ words: [String]) {
            // The words are names that the families themselves gave.
            guard let path = try? CommandPath(words) else { return }
            found.append(path)
            for command in path.node.commands {
                visit(words + [command.name])
            }
        }
        visit([])
        return found
    }

    /// Every command.
    static func leaves() -> [CommandPath] { all().filter { !$0.node.isFamily } }
}
