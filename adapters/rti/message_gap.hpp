#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ig::adapters::rti {

/// What stands behind a message: white space, comments and instructions, until the next message
/// begins with its declaration or root element, or something that begins no message.
class MessageGap {
 public:
  enum class Found : std::uint8_t {
    nothing,  ///< so far
    message,  ///< the next one begins: with front(), then with what follows the bytes taken
    junk,     ///< bytes that are of no message
  };

  /// Takes the front of `piece` until something is found; `taken` bytes were looked at.
  [[nodiscard]] Found feed(std::string_view piece, std::size_t& taken);
  /// The first bytes of the message that was found, or what was begun and not told apart.
  [[nodiscard]] const std::string& front() const noexcept { return front_; }
  /// At the end of the file: does it end inside of something?
  [[nodiscard]] bool is_open() const noexcept { return place_ != Place::space; }

 private:
  enum class Place : std::uint8_t { space, opened, comment, instruction };

  [[nodiscard]] Found step(char c);
  [[nodiscard]] Found judge_front();

  Place place_ = Place::space;
  std::string front_;  ///< of something that is not told apart yet, or ends of a comment
};

}  // namespace ig::adapters::rti
