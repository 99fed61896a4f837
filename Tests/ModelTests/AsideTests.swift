import Model
import Testing

/// Work on a thread of its own.
@Suite struct AsideTests {
  private struct Trouble: Error, Equatable {
    let number: Int
  }

  @Test("what it brings is there for everybody who waits")
  func result() throws {
    let aside = Aside { 42 }
    #expect(try aside.wait() == 42)
    #expect(try aside.wait() == 42)
  }

  @Test("what it throws is thrown where somebody waits")
  func failure() {
    let aside = Aside { () throws -> Int in throw Trouble(number: 7) }
    #expect(throws: Trouble(number: 7)) { try aside.wait() }
  }

  @Test("it goes on while others work")
  func sideBySide() throws {
    let (there, back) = (BoundedQueue<Int>(capacity: 1), BoundedQueue<Int>(capacity: 1))
    let aside = Aside { for _ in 1...100 { back.push(there.pop() * 2) } }
    for number in 1...100 {
      there.push(number)
      #expect(back.pop() == number * 2)
    }
    try aside.wait()
  }

  @Test("a queue may go with elements that nobody wants")
  func leftover() {
    let queue = BoundedQueue<Int>(capacity: 3)
    queue.push(1)
    queue.push(2)
    #expect(queue.pop() == 1)
  }
}
