package import Keymap

/// What has the focus, and so what a key means.
///
/// A name of our own, because the agent's words are called `Context` too.
package typealias Place = Context
