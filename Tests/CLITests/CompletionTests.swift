import Glibc
import Testing

/// The completion scripts that are shipped, in `completions/`.
@Suite struct CompletionTests {
    @Test(arguments: [("bash", "tc.bash"), ("zsh", "_tc"), ("fish", "tc.fish")])
    func `are what tc prints now`(shell: String, file: String) {
        let bed = TestBed()
        let printed = bed.tc("completions", shell)
        #expect(printed.status == 0)
        let path = "\(TestBed.root)/completions/\(file)"
        guard Files.read(path) != printed.stdout else { return }
        if getenv("TC_RECORD") != nil { Files.write(printed.stdout, to: path) }
        Issue.record(
            """
            completions/\(file) is not what 'tc completions \(shell)' prints; \
            TC_RECORD=1 swift test --filter CompletionTests rewrites it
            """)
    }

    @Test(arguments: [("bash", "tc.bash"), ("zsh", "_tc"), ("fish", "tc.fish")])
    func `are read by their shell`(shell: String, file: String) {
        let bed = TestBed()
        let path = "\(TestBed.root)/completions/\(file)"
        // A machine need not have every shell; where it has none of a kind there is nothing to ask.
        guard bed.sh("command -v \(shell)").status == 0 else { return }
        let child = bed.sh("\(shell) -n '\(path)'")
        #expect(child.status == 0, "\(child.stderrText)")
    }

    @Test func `offer the commands of a family in bash`() throws {
        let bed = TestBed()
        guard bed.sh("command -v bash").status == 0 else { return }
        let script = """
            source '\(TestBed.root)/completions/tc.bash'
            COMP_LINE='tc config s'; COMP_POINT=11; COMP_WORDS=(tc config s); COMP_CWORD=2
            COMP_TYPE=9
            _tc tc s config
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        Files.write(Array(script.utf8), to: "\(bed.folder)/ask.bash")
        let child = bed.sh("bash ask.bash")
        #expect(child.stdoutText == "show\n", "\(child.stderrText)")
    }
}
