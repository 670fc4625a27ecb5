import Testing

@testable import Terminal

/// Goal: words reach window, desktop and clipboard only where they are understood, and carry
/// nothing that a terminal could obey.
struct WindowTests {
    @Test(arguments: [
        ("xterm-256color", false, Dialect.xterm), ("alacritty", false, .xterm),
        ("rxvt-unicode", false, .xterm), ("tmux-256color", true, .tmux),
        ("tmux-256color", false, .tmux), ("screen-256color", true, .tmux),
        ("screen-256color", false, .plain), ("xterm-256color", true, .tmux),
        ("linux", false, .plain), ("vt100", false, .plain), ("linux", true, .plain),
        ("", false, .plain),
    ])
    func dialects(_ term: String, _ isInTmux: Bool, _ dialect: Dialect) {
        #expect(Dialect(term: term, isInTmux: isInTmux) == dialect)
    }

    @Test func titles() {
        #expect(WindowWords.title("inbox (3)", in: .xterm) == "\u{1B}]2;inbox (3)\u{07}")
        #expect(WindowWords.title("inbox (3)", in: .tmux) == "\u{1B}]2;inbox (3)\u{07}")
        #expect(WindowWords.title("inbox (3)", in: .plain) == nil)
    }

    @Test func notices() {
        let text = "2 new, 1 high risk"
        #expect(WindowWords.notice(text, by: .off, in: .xterm) == nil)
        #expect(WindowWords.notice(text, by: .osc9, in: .plain) == nil)
        #expect(
            WindowWords.notice(text, by: .osc9, in: .xterm)
                == "\u{1B}]9;countersign: 2 new, 1 high risk\u{07}")
        #expect(
            WindowWords.notice(text, by: .osc777, in: .xterm)
                == "\u{1B}]777;notify;countersign;2 new, 1 high risk\u{07}")
        #expect(
            WindowWords.notice(text, by: .osc9, in: .tmux)
                == "\u{1B}Ptmux;\u{1B}\u{1B}]9;countersign: 2 new, 1 high risk\u{07}\u{1B}\\")
    }

    @Test func wordsOfOthersAreHarmless() {
        let hostile = "a\u{1B}]52;c;UFdO\u{07}b\u{9C}c\u{202E}d;e\n日"
        #expect(WindowWords.allowed(hostile) == "a52cUFdObcde")
        #expect(WindowWords.allowed(String(repeating: "x", count: 500)).utf8.count == 120)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
        ("\u{1B}]0;x\u{07}", "G10wO3gH"),
    ])
    func theClipboardIsBase64(_ text: String, _ encoded: String) {
        let plain = "\u{1B}]52;c;\(encoded)\u{07}"
        #expect(WindowWords.clipboard(text, in: .xterm) == plain)
        // tmux is told, and what is around it.
        #expect(
            WindowWords.clipboard(text, in: .tmux)
                == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
        #expect(WindowWords.clipboard(text, in: .plain) == nil)
    }
}
